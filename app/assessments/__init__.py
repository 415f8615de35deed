"""Whether a provider suits a child: assessments, and a commissioner's own checks of sites."""
