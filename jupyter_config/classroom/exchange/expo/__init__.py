"""The Expo's papers, as they travel between a learner and the desk."""
