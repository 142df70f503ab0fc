"""The machine under the program: crashes, one window at a time, what Windows wants, folders others reach."""
