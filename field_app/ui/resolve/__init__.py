"""The work screen: one ticket from its report to handing it in."""
