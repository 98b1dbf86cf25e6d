package io.github.k8sclient.autoconfigure.informer;

/**
 * The number of letters to insert, delete or replace to turn one text into another.
 */
final class EditDistance {

	private EditDistance() {
	}

	static int between(String one, String other) {
		int[] previous = new int[other.length() + 1];
		for (int column = 0; column < previous.length; column++) {
			previous[column] = column;
		}
		for (int row = 1; row <= one.length(); row++) {
			int[] current = new int[previous.length];
			current[0] = row;
			for (int column = 1; column < current.length; column++) {
				int replace = previous[column - 1] + ((one.charAt(row - 1) == other.charAt(column - 1)) ? 0 : 1);
				current[column] = Math.min(replace, Math.min(previous[column], current[column - 1]) + 1);
			}
			previous = current;
		}
		return previous[other.length()];
	}

}
