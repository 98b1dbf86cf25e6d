package io.github.k8sclient.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Finds out who sent a request: by client certificate, by a token that was made known, by
 * a token of a service account. Without any of them it is the administrator, as long as
 * everybody may do everything. Who it is may act for somebody else.
 */
final class ApiUsers {

	/** What tokens must be for. */
	static final List<String> AUDIENCES = List.of("api");

	private final Map<String, String> names = new ConcurrentHashMap<>();

	private final ApiRights rights;

	private final ServiceAccountTokens serviceAccounts;

	private final @Nullable CertificateUsers certificates;

	/**
	 * Know nobody at first.
	 * @param rights what users may do
	 * @param serviceAccounts the tokens of service accounts
	 * @param certificates the users with certificates, null without TLS
	 */
	ApiUsers(ApiRights rights, ServiceAccountTokens serviceAccounts, @Nullable CertificateUsers certificates) {
		this.rights = rights;
		this.serviceAccounts = serviceAccounts;
		this.certificates = certificates;
	}

	void add(String token, String name) {
		this.names.put(token, name);
	}

	/**
	 * Forget a token.
	 * @param token the token
	 * @return the user who has no other one, null if there is none
	 */
	@Nullable String remove(String token) {
		String name = this.names.remove(token);
		return (name != null && !this.names.containsValue(name)) ? name : null;
	}

	void clear() {
		this.names.clear();
	}

	/**
	 * Find out who sent a request.
	 * @param request the request
	 * @return the user
	 * @throws StatusException 401 if it is nobody who is known; 403 if a user acts for
	 * another one and may not
	 */
	ApiUser authenticate(ApiRequest request) {
		return ImpersonationHeaders.apply(request, sender(request), this.rights);
	}

	private ApiUser sender(ApiRequest request) {
		ApiUser user = (this.certificates != null) ? this.certificates.find(request.certificates()) : null;
		String token = request.bearerToken();
		if (user == null && token != null) {
			user = findByToken(token, AUDIENCES);
		}
		if (user != null) {
			return user;
		}
		// what can be checked is checked, even where nobody needs credentials
		boolean wrong = !request.certificates().isEmpty() || (token != null && this.serviceAccounts.isMeant(token));
		if (wrong || !this.rights.unlimited()) {
			throw Statuses.unauthorized();
		}
		return ApiUser.ADMINISTRATOR;
	}

	/**
	 * Find out who is known by a token.
	 * @param token the token
	 * @param audiences what the token has to be for, one of them
	 * @return the user, null if the token is not valid
	 */
	@Nullable ApiUser findByToken(String token, List<String> audiences) {
		String name = this.names.get(token);
		if (name != null) {
			return AUDIENCES.stream().anyMatch(audiences::contains)
					? ApiUser.authenticated(name, null, List.of(), Map.of()) : null;
		}
		return this.serviceAccounts.find(token, audiences);
	}

	/**
	 * What a token is for.
	 * @param token a valid token
	 * @return its audiences
	 */
	List<String> audiences(String token) {
		return this.names.containsKey(token) ? AUDIENCES : ServiceAccountTokens.audiences(token);
	}

}
