package io.github.k8sclient.test;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Who may do what. As long as no user and no group is known, everybody may do everything.
 */
final class ApiRights {

	// what the role system:basic-user gives to everybody
	private static final Set<String> OF_ALL = Set.of("create selfsubjectreviews.authentication.k8s.io",
			"create selfsubjectaccessreviews.authorization.k8s.io",
			"create selfsubjectrulesreviews.authorization.k8s.io");

	private final Map<String, Predicate<String>> users = new ConcurrentHashMap<>();

	private final Map<String, Predicate<String>> groups = new ConcurrentHashMap<>();

	/**
	 * Say what a user may do.
	 * @param name the name of the user
	 * @param allowed tells it by the {@linkplain ApiAction#line() line} of an action
	 */
	void ofUser(String name, Predicate<String> allowed) {
		this.users.put(name, allowed);
	}

	/**
	 * Say what the members of a group may do.
	 * @param name the name of the group
	 * @param allowed tells it by the {@linkplain ApiAction#line() line} of an action
	 */
	void ofGroup(String name, Predicate<String> allowed) {
		this.groups.put(name, allowed);
	}

	void forgetUser(String name) {
		this.users.remove(name);
	}

	void clear() {
		this.users.clear();
		this.groups.clear();
	}

	/**
	 * Whether everybody may do everything.
	 * @return true as long as nobody is known
	 */
	boolean unlimited() {
		return this.users.isEmpty() && this.groups.isEmpty();
	}

	/**
	 * Whether a user may do everything.
	 * @param user the user
	 * @return whether nothing is asked of that user
	 */
	boolean unlimited(ApiUser user) {
		return unlimited() || user.isMaster();
	}

	boolean allow(ApiUser user, String line) {
		return unlimited(user) || OF_ALL.contains(line) || allows(this.users.get(user.name()), line)
				|| user.groups().stream().anyMatch((group) -> allows(this.groups.get(group), line));
	}

	/**
	 * Check whether a user may do something.
	 * @param user the user
	 * @param action what it is
	 * @throws StatusException 403 if not
	 */
	void check(ApiUser user, ApiAction action) {
		if (!allow(user, action.line())) {
			throw action.forbidden(user.name());
		}
	}

	private static boolean allows(@Nullable Predicate<String> allowed, String line) {
		return allowed != null && allowed.test(line);
	}

}
