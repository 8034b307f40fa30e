"""Reading flyers."""
