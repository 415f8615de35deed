"""What calculators are asked, and what they answer: a file for each."""
