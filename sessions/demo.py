import click


@click.command("demo")
def demo() -> None:
    """Create the example forum."""
