"""The one package of the wheel: the build lays the product's folders into it, as they stand in a checkout."""
