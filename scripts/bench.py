"""What maintainers run to see how quick the site builds; see --help. Sets itself up."""

import sys

import environment

if __name__ == "__main__":
    environment.enter("requirements.lock", "requirements-bench.lock")
    from benchmark import cli

    sys.exit(cli.main(sys.argv[1:]))
