"""The Expo and its reviews at the desk."""
