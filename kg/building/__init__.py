"""How a build is carried out: its memory between runs, its worker processes, the files it leaves."""
