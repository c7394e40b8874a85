"""Step 2 of sound: takes are arranged on a Timeline, and the Timeline is cut into segments."""
