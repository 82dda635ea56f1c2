"""The pack: everything that judging needs, built once for an exercise, with the proof that it is enough."""
