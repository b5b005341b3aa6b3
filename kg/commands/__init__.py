"""The commands of ``kg``: each parses its arguments, calls, prints. What is heavy is imported when it is called."""
