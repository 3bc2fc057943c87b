"""From a CSV file of answer sheets to the finished list in another, each way in a process of its own."""
