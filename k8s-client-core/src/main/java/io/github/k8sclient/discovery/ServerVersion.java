package io.github.k8sclient.discovery;

import org.jspecify.annotations.Nullable;

/**
 * The version of an API server, as {@code /version} tells it.
 *
 * @param major the major version, such as {@code 1}
 * @param minor the minor version, such as {@code 36}; some providers append a plus sign
 * @param gitVersion the whole version, such as {@code v1.36.4}
 * @param platform operating system and processor, {@code null} if the server does not
 * tell
 * @since 0.1.0
 */
public record ServerVersion(String major, String minor, String gitVersion, @Nullable String platform) {

	@Override
	public String toString() {
		return this.gitVersion;
	}

}
