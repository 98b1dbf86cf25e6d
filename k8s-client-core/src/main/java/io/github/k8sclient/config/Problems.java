package io.github.k8sclient.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a configuration, so that the user learns all of it at once.
 */
final class Problems {

	private final List<String> descriptions = new ArrayList<>();

	private final Set<String> actions = new LinkedHashSet<>();

	private @Nullable Throwable cause;

	void add(String description, String action) {
		this.descriptions.add(description);
		this.actions.add(action);
	}

	void add(ConfigurationException problem) {
		add(problem.description(), problem.action());
		this.cause = (problem.getCause() != null) ? problem.getCause() : this.cause;
	}

	/**
	 * Get a value, or note the problem that there is with it.
	 * @return the value, or {@code null} when there is a problem
	 */
	<T> @Nullable T attempt(Supplier<? extends @Nullable T> supplier) {
		try {
			return supplier.get();
		}
		catch (ConfigurationException ex) {
			add(ex);
			return null;
		}
	}

	boolean isEmpty() {
		return this.descriptions.isEmpty();
	}

	/**
	 * End the validation.
	 * @param subject what has been validated
	 * @throws ConfigurationException if there are problems
	 */
	void throwIfAny(String subject) {
		if (this.descriptions.isEmpty()) {
			return;
		}
		throw new ConfigurationException(list(subject + " cannot be used:", this.descriptions),
				(this.actions.size() > 1) ? list("To mend it:", this.actions) : this.actions.iterator().next(),
				this.cause);
	}

	private static String list(String title, Iterable<String> items) {
		StringBuilder text = new StringBuilder(title);
		items.forEach((item) -> text.append(System.lineSeparator()).append("- ").append(item));
		return text.toString();
	}

}
