"""Every statement of the register: whole records, their projection, and the public's searches."""
