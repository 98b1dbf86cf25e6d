package io.github.k8sclient.autoconfigure.informer;

import java.util.function.UnaryOperator;

import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Changes options as properties say.
 *
 * @param <O> the type of the options
 */
interface OptionsOverrides<O> extends UnaryOperator<O> {

	/**
	 * Return the options that apply without properties.
	 * @return the options
	 */
	O defaults();

	/**
	 * Check that the values are valid.
	 * @param prefix the prefix of the properties
	 * @throws FailureAnalyzedException if one of them is not
	 */
	default void check(String prefix) {
		try {
			apply(defaults());
		}
		catch (IllegalArgumentException ex) {
			throw new FailureAnalyzedException(
					"A property below '" + prefix + "' is not valid: " + ex.getMessage() + ".",
					"Change the value of the property, or remove it.", ex);
		}
	}

}
