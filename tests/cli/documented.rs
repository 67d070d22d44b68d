//! What the README and the handbook show and name is what the program prints and has.
