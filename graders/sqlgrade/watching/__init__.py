"""Answers that watch: run after each of many nights, and right if they ring on the nights on which they should."""
