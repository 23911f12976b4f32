"""Import: by which id an object that exists comes into a state."""
