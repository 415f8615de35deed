"""Quality assurance: inspections, what they find, and the fair hearing of who was inspected."""
