"""Attendance: reported, told, decided on, watched."""
