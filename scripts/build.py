"""What staff run: check the data and build the site; see --help. Sets itself up."""

import sys

import environment

if __name__ == "__main__":
    environment.enter("requirements.lock")
    from plansite import cli

    sys.exit(cli.main(sys.argv[1:]))
