"""`python -m classroom.kernel -f connection.json`, as the kernelspec starts it."""

if __name__ == "__main__":
    # imported here, so that the judge's processes, which import this module again, stay light
    from classroom.learner.kernel.launch import main

    main()
