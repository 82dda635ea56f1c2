"""Word that something waits on home, where people look: a chat's webhook and mail, off until somebody sets them."""
