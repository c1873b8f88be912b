"""OUT: who leaves the base in a file, why the others do not, and files whose cells cannot run."""
