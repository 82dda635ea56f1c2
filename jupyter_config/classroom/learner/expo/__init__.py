"""The Expo: from an issue to one's own measure, judged on data that came after."""
