package io.github.k8sclient.informer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Compares resource versions, where that is possible.
 * <p>
 * A resource version is a text that clients may not look into, but for one thing: two
 * versions of one resource that are both positive decimal numbers without leading zeros,
 * of any length, are in the order of their values. These are the rules of apimachinery's
 * {@code CompareResourceVersion}, which hold for every server of Kubernetes 1.35 and
 * later, and in fact for those before; a server that is not Kubernetes itself may have
 * versions that cannot be compared. {@code 0} is not the version of anything and cannot
 * be compared either.
 *
 * @since 0.1.0
 */
public final class ResourceVersions {

	private ResourceVersions() {
	}

	/**
	 * Return whether a version can be compared with others of its kind.
	 * @param version the version, {@code null} for none
	 * @return {@code true} for a positive decimal number without leading zeros
	 */
	public static boolean isComparable(@Nullable String version) {
		if (version == null || version.isEmpty() || version.charAt(0) == '0') {
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

	/**
	 * Compare two versions of one resource.
	 * @param version the one version
	 * @param other the other version
	 * @return a negative number if the first is older, a positive one if it is newer,
	 * zero if they are the same
	 * @throws IllegalArgumentException if one of them cannot be compared
	 */
	public static int compare(String version, String other) {
		checkComparable(version);
		checkComparable(other);
		return compareDigits(version, other);
	}

	/**
	 * Return whether a version is certainly older than another.
	 * @param version the one version, {@code null} for none
	 * @param other the other version, {@code null} for none
	 * @return {@code false} if it is not, or if the two cannot be compared
	 */
	public static boolean isOlder(@Nullable String version, @Nullable String other) {
		return version != null && other != null && isComparable(version) && isComparable(other)
				&& compareDigits(version, other) < 0;
	}

	/**
	 * Return whether a version is certainly as new as another, or newer.
	 * @param version the one version, {@code null} for none
	 * @param other the other version
	 * @return {@code true} for equal texts as well, whatever they are; {@code false} if
	 * the version is older, or if the two cannot be compared
	 */
	public static boolean isAtLeast(@Nullable String version, String other) {
		return version != null && (version.equals(other)
				|| isComparable(version) && isComparable(other) && compareDigits(version, other) >= 0);
	}

	static void checkComparable(String version) {
		Assert.isTrue(isComparable(version),
				() -> "Resource version '" + version + "' is not a positive decimal number and cannot be compared");
	}

	private static int compareDigits(String version, String other) {
		int longer = Integer.compare(version.length(), other.length());
		return (longer != 0) ? longer : version.compareTo(other);
	}

}
