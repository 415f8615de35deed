"""The pages of those who place children, and of the authorities responsible for them."""
