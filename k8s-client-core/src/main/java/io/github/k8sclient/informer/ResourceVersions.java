package io.github.k8sclient.informer;

import org.jspecify.annotations.Nullable;

/**
 * Compares resource versions, where that is possible. Clients may not look into them,
 * except that two versions that are positive decimal numbers without leading zeros are in
 * the order of their values, however long they are (the rule of apimachinery's
 * {@code CompareResourceVersion}).
 */
final class ResourceVersions {

	private ResourceVersions() {
	}

	/**
	 * Return whether a version is certainly older than another.
	 * @param version the one version
	 * @param other the other version
	 * @return {@code false} if it is not, or if the two cannot be compared
	 */
	static boolean isOlder(@Nullable String version, @Nullable String other) {
		if (version == null || other == null || !isComparable(version) || !isComparable(other)) {
			return false;
		}
		if (version.length() != other.length()) {
			return version.length() < other.length();
		}
		return version.compareTo(other) < 0;
	}

	private static boolean isComparable(String version) {
		if (version.isEmpty() || version.charAt(0) == '0') {
			return false;
		}
		for (int i = 0; i < version.length(); i++) {
			char digit = version.charAt(i);
			if (digit < '0' || digit > '9') {
				return false;
			}
		}
		return true;
	}

}
