package io.github.k8sclient.auth;

import io.github.k8sclient.auth.ExecPluginCall.Outcome;
import io.github.k8sclient.config.ConfigurationException;

/**
 * A credential plugin has not been run.
 */
final class ExecPluginException extends ConfigurationException {

	private final Outcome outcome;

	ExecPluginException(Outcome outcome, String description, String action) {
		super(description, action);
		this.outcome = outcome;
	}

	static Outcome outcomeOf(Throwable failure) {
		return (failure instanceof ExecPluginException ex) ? ex.outcome : Outcome.FAILURE;
	}

}
