"""A world for the tests of rights: the cast with applications, ballots, notices and links in every state."""
