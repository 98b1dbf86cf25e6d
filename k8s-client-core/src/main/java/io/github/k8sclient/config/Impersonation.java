package io.github.k8sclient.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The user as whom requests are made instead of the authenticated one. The authenticated
 * user needs the right to impersonate.
 *
 * @param user name of the user
 * @param uid unique id of the user, {@code null} when none is asked for
 * @param groups groups of the user
 * @param extra further attributes of the user, each with its values
 * @since 0.1.0
 */
public record Impersonation(String user, @Nullable String uid, List<String> groups, Map<String, List<String>> extra) {

	/**
	 * Create an impersonation of a user. The collections are copied.
	 */
	public Impersonation {
		Assert.hasText(user, "'user' must not be empty");
		groups = List.copyOf(groups);
		Map<String, List<String>> copy = new LinkedHashMap<>();
		extra.forEach((key, values) -> copy.put(key, List.copyOf(values)));
		extra = Collections.unmodifiableMap(copy);
	}

	/**
	 * Create an impersonation of a user by name only.
	 * @param user name of the user, not empty
	 * @return the impersonation
	 */
	public static Impersonation of(String user) {
		return new Impersonation(user, null, List.of(), Map.of());
	}

}
