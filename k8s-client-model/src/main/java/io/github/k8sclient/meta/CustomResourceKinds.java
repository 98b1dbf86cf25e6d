package io.github.k8sclient.meta;

/**
 * The kinds that classes are annotated with.
 */
final class CustomResourceKinds {

	private static final ClassValue<GroupVersionKind> KINDS = new ClassValue<>() {

		@Override
		protected GroupVersionKind computeValue(Class<?> type) {
			return kindOf(type);
		}

	};

	private CustomResourceKinds() {
	}

	/**
	 * Return the kind of the objects of a class.
	 * @throws IllegalStateException if the class has no annotation
	 */
	static GroupVersionKind of(Class<?> type) {
		return KINDS.get(type);
	}

	private static GroupVersionKind kindOf(Class<?> type) {
		CustomResource resource = type.getAnnotation(CustomResource.class);
		if (resource == null) {
			throw new IllegalStateException(
					type.getName() + " has neither @CustomResource nor its own apiVersion() and kind()");
		}
		String kind = resource.kind().isEmpty() ? type.getSimpleName() : resource.kind();
		return new GroupVersionKind(resource.group(), resource.version(), kind);
	}

}
