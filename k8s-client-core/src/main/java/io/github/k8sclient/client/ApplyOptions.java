package io.github.k8sclient.client;

import java.util.List;

import io.github.k8sclient.meta.FieldValidation;
import io.github.k8sclient.meta.PatchOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How an object is applied (server-side apply): who the fields belong to from then on,
 * and what happens if some of them belong to somebody else.
 *
 * <pre class="code">
 * ApplyOptions.fieldManager("demo")
 * ApplyOptions.fieldManager("demo").force().dryRun()
 * </pre>
 * <p>
 * Immutable.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://kubernetes.io/docs/reference/using-api/server-side-apply/">Server-Side
 * Apply</a>
 */
public final class ApplyOptions {

	private final PatchOptions patchOptions;

	private ApplyOptions(PatchOptions patchOptions) {
		this.patchOptions = patchOptions;
	}

	/**
	 * Apply for a field manager. A field that another manager owns and that would get
	 * another value is a {@link io.github.k8sclient.ConflictException}, whose causes name
	 * the fields.
	 * @param fieldManager the name of the manager, the same each time: what a manager
	 * applied once and leaves out the next time is removed
	 * @return new options
	 */
	public static ApplyOptions fieldManager(String fieldManager) {
		Assert.hasText(fieldManager, "'fieldManager' must not be empty");
		return new ApplyOptions(PatchOptions.builder().fieldManager(fieldManager).build());
	}

	/**
	 * Take fields over from other managers, instead of failing. Meant for controllers,
	 * which must have their way.
	 * @return new options
	 */
	public ApplyOptions force() {
		return new ApplyOptions(this.patchOptions.toBuilder().force(true).build());
	}

	/**
	 * Have the server do everything but keep the result.
	 * @return new options
	 */
	public ApplyOptions dryRun() {
		return new ApplyOptions(this.patchOptions.toBuilder().dryRun(List.of("All")).build());
	}

	/**
	 * Say what the server does about fields that it does not know.
	 * @param fieldValidation {@code Ignore}, {@code Warn} or {@code Strict}; {@code null}
	 * for what the server does by default
	 * @return new options
	 */
	public ApplyOptions fieldValidation(@Nullable String fieldValidation) {
		return new ApplyOptions(this.patchOptions.toBuilder().fieldValidation(fieldValidation).build());
	}

	/**
	 * Say what the server does about fields that it does not know.
	 * @param fieldValidation what it does
	 * @return new options
	 */
	public ApplyOptions fieldValidation(FieldValidation fieldValidation) {
		return fieldValidation(fieldValidation.value());
	}

	/**
	 * Return the options as they are sent.
	 * @return options of a patch of type {@link PatchType#APPLY}
	 */
	public PatchOptions toPatchOptions() {
		return this.patchOptions;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof ApplyOptions that && this.patchOptions.equals(that.patchOptions));
	}

	@Override
	public int hashCode() {
		return this.patchOptions.hashCode();
	}

	@Override
	public String toString() {
		return "ApplyOptions" + this.patchOptions;
	}

}
