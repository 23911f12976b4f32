"""Another version of the generator under an estate that stays as it is."""
