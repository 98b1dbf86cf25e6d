package io.github.k8sclient.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request that say for whom its sender acts, who must be allowed to
 * {@code impersonate} that user, and each group, uid and extra.
 */
final class ImpersonationHeaders {

	private static final String USER = "Impersonate-User";

	private static final String UID = "Impersonate-Uid";

	private static final String GROUP = "Impersonate-Group";

	private static final String EXTRA = "impersonate-extra-";

	private static final String EXTENSIONS = "authentication.k8s.io";

	private final ApiUser sender;

	private final ApiRights rights;

	private ImpersonationHeaders(ApiUser sender, ApiRights rights) {
		this.sender = sender;
		this.rights = rights;
	}

	/**
	 * Find out for whom a request is.
	 * @param request the request
	 * @param sender who sent it
	 * @param rights what users may do
	 * @return the user for whom it is, the sender if the headers name none
	 * @throws StatusException 403 if the sender may not act for that user, 400 if the
	 * headers name no user but groups or others
	 */
	static ApiUser apply(ApiRequest request, ApiUser sender, ApiRights rights) {
		String user = request.text(USER);
		String uid = request.text(UID);
		List<String> groups = request.texts(GROUP);
		Map<String, List<String>> extra = extra(request);
		if (user == null) {
			if (uid != null || !groups.isEmpty() || !extra.isEmpty()) {
				throw Statuses.badRequest("requested impersonation without impersonating a user");
			}
			return sender;
		}
		return new ImpersonationHeaders(sender, rights).check(user, uid, groups, extra);
	}

	private ApiUser check(String user, @Nullable String uid, List<String> groups, Map<String, List<String>> extra) {
		String[] account = ApiUser.asServiceAccount(user);
		List<String> all = new ArrayList<>(groups);
		if (account != null) {
			check("", "serviceaccounts", null, account[0], account[1]);
			if (groups.isEmpty()) {
				all.addAll(ApiUser.serviceAccountGroups(account[0]));
			}
		}
		else {
			check("", "users", null, null, user);
		}
		groups.forEach((group) -> check("", "groups", null, null, group));
		extra.forEach((key, values) -> values.forEach((value) -> check(EXTENSIONS, "userextras", key, null, value)));
		if (uid != null) {
			check(EXTENSIONS, "uids", null, null, uid);
		}
		return ApiUser.authenticated(user, uid, all, extra);
	}

	private void check(String group, String resource, @Nullable String subresource, @Nullable String namespace,
			String name) {
		this.rights.check(this.sender, new ApiAction("impersonate", group, resource, subresource, namespace, name));
	}

	private static Map<String, List<String>> extra(ApiRequest request) {
		Map<String, List<String>> extra = new TreeMap<>();
		for (String header : request.headerNames()) {
			String name = header.toLowerCase(Locale.ROOT);
			if (name.startsWith(EXTRA)) {
				extra.computeIfAbsent(unescaped(name.substring(EXTRA.length())), (key) -> new ArrayList<>())
					.addAll(request.texts(header));
			}
		}
		return extra;
	}

	private static String unescaped(String key) {
		try {
			return QueryStringDecoder.decodeComponent(key.replace("+", "%2B"));
		}
		catch (IllegalArgumentException ex) {
			return key;
		}
	}

}
