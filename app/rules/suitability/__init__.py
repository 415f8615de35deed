"""Whether a setting suits a child: what each step of an assessment asks, lacks and forbids."""
