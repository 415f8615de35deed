"""Who pays: arranged, signed, disputed, and what follows by itself."""
