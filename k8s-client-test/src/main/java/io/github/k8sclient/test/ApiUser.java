package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody who sends requests.
 *
 * @param name the name
 * @param uid the uid, null if there is none
 * @param groups the groups
 * @param extra what else is known
 */
record ApiUser(String name, @Nullable String uid, List<String> groups, Map<String, List<String>> extra) {

	/** The group of those who may do everything. */
	static final String MASTERS = "system:masters";

	/** Who sends requests without credentials to a server that needs none. */
	static final ApiUser ADMINISTRATOR = authenticated("system:admin", null, List.of(MASTERS), Map.of());

	private static final String AUTHENTICATED = "system:authenticated";

	private static final String UNAUTHENTICATED = "system:unauthenticated";

	private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

	private static final String SERVICE_ACCOUNTS = "system:serviceaccounts";

	/**
	 * Somebody who has shown who it is.
	 * @param name the name
	 * @param uid the uid, null if there is none
	 * @param groups the groups that are known of the user
	 * @param extra what else is known
	 * @return the user, in the group of all those as well
	 */
	static ApiUser authenticated(String name, @Nullable String uid, List<String> groups,
			Map<String, List<String>> extra) {
		List<String> all = new ArrayList<>(groups);
		if (!all.contains(AUTHENTICATED) && !all.contains(UNAUTHENTICATED)) {
			all.add(AUTHENTICATED);
		}
		return new ApiUser(name, uid, List.copyOf(all), extra);
	}

	/**
	 * The name of a service account as a user.
	 * @param namespace the namespace
	 * @param name the name of the object
	 * @return the name
	 */
	static String serviceAccount(String namespace, String name) {
		return SERVICE_ACCOUNT + namespace + ":" + name;
	}

	/**
	 * The groups of the service accounts of a namespace.
	 * @param namespace the namespace
	 * @return the groups
	 */
	static List<String> serviceAccountGroups(String namespace) {
		return List.of(SERVICE_ACCOUNTS, SERVICE_ACCOUNTS + ":" + namespace);
	}

	/**
	 * The service account that a name stands for.
	 * @param name the name of a user
	 * @return namespace and name of the object, null if it is no service account
	 */
	static String @Nullable [] asServiceAccount(String name) {
		if (!name.startsWith(SERVICE_ACCOUNT)) {
			return null;
		}
		String[] parts = name.substring(SERVICE_ACCOUNT.length()).split(":", -1);
		boolean valid = parts.length == 2 && NameRules.label(parts[0]).isEmpty()
				&& NameRules.subdomain(parts[1]).isEmpty();
		return valid ? parts : null;
	}

	boolean isMaster() {
		return this.groups.contains(MASTERS);
	}

	/**
	 * Say who this is.
	 * @param info the {@code UserInfo} to fill
	 */
	void describe(ObjectNode info) {
		info.put("username", this.name);
		if (this.uid != null) {
			info.put("uid", this.uid);
		}
		ArrayNode names = info.putArray("groups");
		this.groups.forEach(names::add);
		if (!this.extra.isEmpty()) {
			ObjectNode members = info.putObject("extra");
			new TreeMap<>(this.extra).forEach((key, values) -> {
				ArrayNode array = members.putArray(key);
				values.forEach(array::add);
			});
		}
	}

}
