"""Attendance as facts from providers; the codes are the home school's to decide."""
