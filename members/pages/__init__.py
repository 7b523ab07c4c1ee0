"""What the pages of every app do in one way: acting with a form, gates before views, stale forms, filtered lists."""
