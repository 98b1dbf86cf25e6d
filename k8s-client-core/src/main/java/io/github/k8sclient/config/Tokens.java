package io.github.k8sclient.config;

/**
 * What a bearer token may look like.
 */
final class Tokens {

	private Tokens() {
	}

	/**
	 * Return a token without white space around it.
	 * @throws ConfigurationException if it is empty or cannot stand in a header
	 */
	static String require(String text, String location) {
		String token = text.strip();
		if (token.isEmpty()) {
			throw new ConfigurationException(location + " is empty", "Set it to a bearer token.");
		}
		if (!token.chars().allMatch((c) -> c > ' ' && c < 0x7f)) {
			throw new ConfigurationException(location + " has characters that a token cannot have",
					"Check that it is a bearer token, on one line.");
		}
		return token;
	}

}
