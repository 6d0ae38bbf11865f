"""What a letter says beside the words of its template: the facts of the journey, as they are when it is written."""
