package io.github.k8sclient.test.chaos;

/**
 * Something that goes wrong for a while.
 *
 * @param name what it is
 * @param begin breaks it
 * @param end mends it
 */
record ChaosFault(String name, Runnable begin, Runnable end) {

	/**
	 * Something that goes wrong in a moment.
	 * @param name what it is
	 * @param happen lets it happen
	 * @return the fault
	 */
	static ChaosFault at(String name, Runnable happen) {
		return new ChaosFault(name, happen, () -> {
		});
	}

}
