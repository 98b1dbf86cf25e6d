package io.github.k8sclient.autoconfigure.informer;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of an API, in the order in which API servers prefer them: {@code v2},
 * {@code v1}, {@code v2beta1}, {@code v1beta2}, {@code v1alpha1}, and whatever has
 * another form last.
 *
 * @param stability 3 for stable, 2 for beta, 1 for alpha, 0 for another form
 * @param major the major number
 * @param minor the number after {@code alpha} or {@code beta}, else 0
 */
record ApiVersion(int stability, int major, int minor) implements Comparable<ApiVersion> {

	private static final Pattern FORM = Pattern.compile("v(\\d{1,8})(?:(alpha|beta)(\\d{1,8}))?");

	private static final Comparator<ApiVersion> ORDER = Comparator.comparingInt(ApiVersion::stability)
		.thenComparingInt(ApiVersion::major)
		.thenComparingInt(ApiVersion::minor);

	static ApiVersion parse(String version) {
		Matcher matcher = FORM.matcher(version);
		if (!matcher.matches()) {
			return new ApiVersion(0, 0, 0);
		}
		int major = Integer.parseInt(matcher.group(1));
		if (matcher.group(2) == null) {
			return new ApiVersion(3, major, 0);
		}
		return new ApiVersion(matcher.group(2).equals("beta") ? 2 : 1, major, Integer.parseInt(matcher.group(3)));
	}

	@Override
	public int compareTo(ApiVersion other) {
		return ORDER.compare(this, other);
	}

}
