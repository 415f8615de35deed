"""The law as anybody can ask it, without a key: facts in, answers with reasons out."""
