package io.github.k8sclient.test;

import io.github.k8sclient.codec.DecodingException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Answers requests: finds out what they are for and turns failures into statuses.
 */
final class ApiHandler {

	private static final Log logger = LogFactory.getLog(ApiHandler.class);

	private final ServerFaults faults;

	private final ApiUsers users;

	private final ApiRights rights;

	private final DiscoveryHandler discovery;

	private final ResourceHandler resources;

	private final ResourceCatalog catalog;

	ApiHandler(ResourceCatalog catalog, ServerFaults faults, ApiUsers users, ApiRights rights,
			DiscoveryHandler discovery, ResourceHandler resources) {
		this.rights = rights;
		this.users = users;
		this.catalog = catalog;
		this.faults = faults;
		this.discovery = discovery;
		this.resources = resources;
	}

	ApiResponse handle(ApiRequest request) {
		ApiResponse answer = PrettyPrinter.apply(request, answer(request));
		for (String warning : request.warnings()) {
			answer = answer.withHeader("Warning", "299 - " + FieldError.quote(warning));
		}
		return answer;
	}

	private ApiResponse answer(ApiRequest request) {
		try {
			this.faults.check(request);
			if (!DiscoveryHandler.isOpenToAll(request)) {
				request.identify(this.users.authenticate(request));
			}
			ApiResponse found = this.discovery.handle(request);
			if (found != null) {
				return found;
			}
			ResourcePath path = ResourcePath.parse(request.path(), this.catalog);
			this.faults.check(request, path);
			this.rights.check(request.user(), ApiAction.of(request, path));
			return this.resources.handle(request, path);
		}
		catch (StatusException ex) {
			return failure(request, ex);
		}
		catch (DecodingException ex) {
			return failure(request, Statuses.badRequest(String.valueOf(ex.getMessage())));
		}
		catch (RuntimeException ex) {
			logger.error("Failed to answer " + request.method() + " " + request.path(), ex);
			return failure(request, Statuses.failure(500, "InternalError", "Internal error occurred: " + ex, null));
		}
	}

	private static ApiResponse failure(ApiRequest request, StatusException failure) {
		return Documents.response(failure.code(), failure.status(), ResponseFormat.ofErrors(request.accept()))
			.withRetryAfter(failure.retryAfter());
	}

}
