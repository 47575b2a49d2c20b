// Ends in the middle of a line.
process.stdout.write('whole\nhalf');
