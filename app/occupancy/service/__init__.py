"""What is asked of commitments by whoever makes or proposes them."""
