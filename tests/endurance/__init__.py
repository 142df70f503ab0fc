"""Long runs that no test suite has time for: kills, full disks, damaged files, fuzzing, hours of use.

Each is a module run by hand, `python -m tests.endurance.fuzz numbers --seconds 1800`; short versions of them
are tests. Whatever they find becomes a test beside the code it was found in.
"""
