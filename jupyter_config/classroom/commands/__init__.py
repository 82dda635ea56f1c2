"""One typer app for each sub-command of penguin."""
