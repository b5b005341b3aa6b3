"""One file for each kind of input. A reader takes a stream and gives the documents in it as parts."""
